package org.gajah.server.net;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is of no more use, where a failure to do so changes nothing. */
final class Closing {
    private Closing() {
    }

    /** False if closing failed, which leaves a socket as useless as before. */
    static boolean quietly(Closeable closeable) {
        try {
            closeable.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
