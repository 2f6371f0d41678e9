package org.gajah.ignite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import org.apache.ignite.IgniteServer;
import org.apache.ignite.InitParameters;

/** A process that is a node of a cluster: name, configuration, directory, and for the node that founds the cluster the names of all. */
final class IgniteNode {
    private IgniteNode() {
    }

    public static void main(String[] words) throws InterruptedException {
        Thread.ofPlatform().daemon().start(IgniteNode::endWithParent);
        IgniteServer server = IgniteServer.start(words[0], Path.of(words[1]), Path.of(words[2]));
        System.out.println("started");
        if (words.length > 3) {
            server.initCluster(InitParameters.builder().clusterName("gajah").metaStorageNodeNames(words[3].split(",")).build());
        }
        server.waitForInitAsync().join();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /** The other end of standard input is whoever started the node: when that is gone, however it went, so is the node. */
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.out.println("standard input failed: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
