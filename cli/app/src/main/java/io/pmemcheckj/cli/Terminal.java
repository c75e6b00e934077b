package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about this process and its terminal. {@code System.console()} means another thing in each JDK. */
final class Terminal {
    private Terminal() {}

    /** Whether stderr is a terminal. */
    static boolean onStderr() {
        return of(2) != null;
    }

    /** The device of the terminal that stdout is; null if it is none. */
    static Path ofStdout() {
        return of(1);
    }

    private static Path of(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            String name = target.toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console")
                    ? target
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Whether this process is in the foreground of a terminal, so that what the user types there (Ctrl-C) reaches this
     * process and the program alike.
     */
    static boolean inForeground() {
        try {
            return inForeground(Files.readString(Path.of("/proc/self/stat")));
        } catch (IOException e) {
            return false;
        }
    }

    /** @param stat content of /proc/PID/stat; behind the name: state, ppid, pgrp, session, tty_nr, tpgid */
    static boolean inForeground(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return !fields[4].equals("0") && fields[2].equals(fields[5]);
    }
}
