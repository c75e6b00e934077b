package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about this process and its terminal. {@code System.console()} means another thing in each JDK. */
final class Terminal {
    private Terminal() {}

    /** Whether stderr is a terminal. */
    static boolean onStderr() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
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
