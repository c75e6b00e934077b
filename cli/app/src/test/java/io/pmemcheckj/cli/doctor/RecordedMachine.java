package io.pmemcheckj.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine from a text file, built below a folder. Its lines:
 *
 * <pre>
 * some/folder/                     a folder
 * some/file                        an empty file
 * some/file = line                 a line of a file
 * some/link -> /target             a symbolic link
 * dev/node char 252:0              a device node; block, too
 * $ command option = line          a line that the command prints; other options do not matter
 * $ command option < resource      what the command prints
 * $ command option ! 3 complaint   its exit code and what it prints to stderr, or: hangs
 * </pre>
 */
final class RecordedMachine implements Machine {
    private static final Pattern LINK = Pattern.compile("(.+?) -> /(.+)");
    private static final Pattern NODE = Pattern.compile("(.+?) (char|block) (\\d+):(\\d+)");
    private static final Pattern FILE = Pattern.compile("(.+?) = (.*)");
    private static final Pattern COMMAND = Pattern.compile("\\$ (.+?) ([=<!]) (.*)");

    private final Path root;
    private final Map<String, FileNode> devices = new HashMap<>();
    private final Map<String, CommandResult> commands = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, MapSync> trials = new HashMap<>();

    private RecordedMachine(Path root) {
        this.root = root;
    }

    static RecordedMachine load(String name, Path root) throws IOException {
        RecordedMachine machine = new RecordedMachine(root);
        for (String line : resource(name + ".machine").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                machine.add(line);
            }
        }
        return machine;
    }

    static String resource(String name) throws IOException {
        try (InputStream in = RecordedMachine.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    RecordedMachine without(String command) {
        commands.keySet().removeIf(line -> line.startsWith(command));
        return this;
    }

    RecordedMachine withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** MAP_SYNC works below that folder; elsewhere it is refused. */
    RecordedMachine withSyncBelow(String folder) {
        return withTrial(folder, MapSync.works("a trial"));
    }

    RecordedMachine withTrial(String folder, MapSync trial) {
        trials.put(folder, trial);
        return this;
    }

    void add(String line) throws IOException {
        Matcher command = COMMAND.matcher(line);
        Matcher link = LINK.matcher(line);
        Matcher node = NODE.matcher(line);
        Matcher file = FILE.matcher(line);
        if (command.matches()) {
            command(command.group(1), command.group(2), command.group(3));
        } else if (link.matches()) {
            Path from = withFolder(link.group(1));
            Files.createSymbolicLink(from, from.getParent().relativize(root.resolve(link.group(2))));
        } else if (node.matches()) {
            Files.createFile(withFolder(node.group(1)));
            FileNode.Kind kind =
                    node.group(2).equals("char") ? FileNode.Kind.CHARACTER_DEVICE : FileNode.Kind.BLOCK_DEVICE;
            devices.put(
                    "/" + node.group(1),
                    new FileNode(kind, Integer.parseInt(node.group(3)), Integer.parseInt(node.group(4)), 0));
        } else if (file.matches()) {
            Files.writeString(
                    withFolder(file.group(1)),
                    file.group(2) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } else if (line.endsWith("/")) {
            Files.createDirectories(root.resolve(line));
        } else {
            Files.createFile(withFolder(line));
        }
    }

    private Path withFolder(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    private void command(String line, String sign, String rest) throws IOException {
        CommandResult before = commands.getOrDefault(line, CommandResult.ended(0, "", ""));
        int space = rest.indexOf(' ');
        CommandResult result = switch (sign) {
            case "=" -> CommandResult.ended(0, before.out() + rest + "\n", "");
            case "<" -> CommandResult.ended(0, resource(rest), "");
            default ->
                rest.equals("hangs")
                        ? CommandResult.failed("no answer within 5 seconds")
                        : CommandResult.ended(
                                Integer.parseInt(rest.substring(0, space)), before.out(), rest.substring(space + 1));
        };
        commands.put(line, result);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public String environment(String name) {
        return environment.get(name);
    }

    @Override
    public String home() {
        return "/home/user";
    }

    @Override
    public CommandResult run(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        while (!words.isEmpty()) {
            CommandResult result = commands.get(String.join(" ", words));
            if (result != null) {
                return result;
            }
            words.remove(words.size() - 1);
        }
        return CommandResult.notInstalled();
    }

    @Override
    public FileNode node(String file) throws IOException {
        String real = realPath(file);
        if (devices.containsKey(real)) {
            return devices.get(real);
        }
        return Files.isDirectory(at(real))
                ? new FileNode(FileNode.Kind.FOLDER, 0, 0, 0)
                : new FileNode(FileNode.Kind.FILE, 0, 0, Files.size(at(real)));
    }

    @Override
    public MapSync trySync(String file) {
        return trial(file);
    }

    @Override
    public MapSync trySyncIn(String folder) {
        return trial(folder);
    }

    private MapSync trial(String file) {
        return trials.entrySet().stream()
                .filter(trial -> file.startsWith(trial.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MapSync.refused("a trial", "Operation not supported"));
    }
}
