package io.pmemcheckj.cli.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What Linux says about a process; nothing here touches it. */
final class LocalJvm {
    private static final Pattern RING = Pattern.compile(".*\\.ring( \\(deleted\\))?");
    /** The tool, and the process that writes the trace, look through the ring as well. */
    private static final Pattern OWN_MAIN =
            Pattern.compile(".*pmemcheck-j[^/]*\\.jar|io\\.pmemcheckj\\.(cli|agent)\\..*");

    private final long pid;

    LocalJvm(long pid) {
        this.pid = pid;
    }

    /** @throws WatchException when it is not a JVM that runs under the agent, or not ours to look at */
    void mustBeTraced() throws WatchException {
        List<String> maps = maps();
        if (maps.stream().noneMatch(line -> line.endsWith("/libjvm.so"))) {
            throw WatchException.blind("process " + pid + " is no Java process");
        }
        if (isTool()) {
            throw WatchException.blind("process " + pid + " is pmemcheck-j itself" + advice());
        }
        if (!looksIntoRing(maps)) {
            throw WatchException.blind("process " + pid + " was not started under the agent; start it with pmemcheck-j"
                    + " run, or with -javaagent:pmemcheck-j.jar=keep-trace=FILE");
        }
    }

    private List<String> maps() throws WatchException {
        try {
            if (!isAlive()) {
                throw WatchException.blind("there is no process " + pid);
            }
            return Files.readAllLines(proc("maps"), StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            throw WatchException.blind("process " + pid + " " + whyDenied());
        } catch (IOException e) {
            throw WatchException.blind("there is no process " + pid);
        }
    }

    private String whyDenied() {
        String owner =
                ProcessHandle.of(pid).flatMap(process -> process.info().user()).orElse("another user");
        return owner.equals(System.getProperty("user.name"))
                ? "may not be looked at by others of its user"
                : "belongs to " + owner + "; watch it as that user";
    }

    private static boolean looksIntoRing(List<String> maps) {
        return maps.stream().anyMatch(line -> RING.matcher(line).matches());
    }

    private boolean isTool() {
        List<String> command = command();
        int main = command.indexOf("-jar") + 1;
        return main > 0
                ? main < command.size() && OWN_MAIN.matcher(command.get(main)).matches()
                : command.stream()
                        .anyMatch(word -> word.startsWith("io.pmemcheckj.")
                                && OWN_MAIN.matcher(word).matches());
    }

    /** The command line; empty where it cannot be read. */
    private List<String> command() {
        try {
            return List.of(Files.readString(proc("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private String advice() {
        List<Long> traced = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .filter(child -> new LocalJvm(child).isTraced())
                .toList();
        return traced.isEmpty() ? "" : "; the program it traces is process " + traced.get(0);
    }

    private boolean isTraced() {
        try {
            mustBeTraced();
            return true;
        } catch (WatchException e) {
            return false;
        }
    }

    /** Whether it runs; one that has ended and whose parent has not asked for that does not. */
    boolean isAlive() {
        try {
            String stat = Files.readString(proc("stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
