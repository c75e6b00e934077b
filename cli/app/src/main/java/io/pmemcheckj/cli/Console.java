package io.pmemcheckj.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Where a command writes.
 *
 * @param out results that were asked for on stdout: a dump, an explanation, help; unbuffered
 * @param err the tool's own lines
 */
record Console(OutputStream out, PrintStream err) {

    /** One line of the tool's own, recognisable among those of the program. */
    void say(String line) {
        err.println("pmemcheck-j: " + line);
    }

    /** What went wrong with a file, in words, without repeating the file's name. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof FileSystemLoopException) {
            return "symbolic links in a circle";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
