package org.gajah.ignite;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import org.apache.ignite.IgniteServer;
import org.apache.ignite.InitParameters;

/** A process that is a node of a cluster: name, configuration, directory, and for the node that founds the cluster the names of all. */
final class IgniteNode {
    private IgniteNode() {
    }

    public static void main(String[] words) throws InterruptedException {
        IgniteServer server = IgniteServer.start(words[0], Path.of(words[1]), Path.of(words[2]));
        System.out.println("started");
        if (words.length > 3) {
            server.initCluster(InitParameters.builder().clusterName("gajah").metaStorageNodeNames(words[3].split(",")).build());
        }
        server.waitForInitAsync().join();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
