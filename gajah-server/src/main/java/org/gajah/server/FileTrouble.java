package org.gajah.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in an operating system's words why something with a file went wrong; Java's messages often are no more than the name. */
public final class FileTrouble {
    private FileTrouble() {
    }

    /** The reason, without the name of the file. */
    public static String text(IOException trouble) {
        return switch (trouble) {
            case AccessDeniedException _ -> "Permission denied";
            case NoSuchFileException _ -> "No such file or directory";
            case FileAlreadyExistsException _ -> "File exists";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(trouble.getMessage());
        };
    }
}
