import java.io.File;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores into a file of its own, and starts others that do: itself, by a script, and as children of children. */
public final class Family {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        String who = args[1];
        switch (who) {
            case "parent" -> {
                store(folder, who);
                // what the parent hands on is as it was
                List<String> command = command(folder, "child");
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                print(builder.start());
                System.out.println(builder.command().equals(command));
                print(Runtime.getRuntime().exec(command(folder, "failing").toArray(new String[0])));
                Path script = folder.resolve("start.sh");
                Files.writeString(script, "#!/bin/sh\nexec \"$1\" -cp \"$2\" Family \"$3\" scripted 2>/dev/null\n");
                ProcessBuilder scripted =
                        new ProcessBuilder("sh", script.toString(), java(), System.getProperty("java.class.path"), args[0]);
                scripted.environment().put("FAMILY", "parent");
                Map<String, String> environment = new HashMap<>(scripted.environment());
                print(scripted.start());
                System.out.println(scripted.environment().equals(environment));
                print(new ProcessBuilder("echo", "no Java").start());
                try {
                    print(new ProcessBuilder(folder.resolve("missing/java").toString(), "-version").start());
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }
            case "child" -> {
                store(folder, who);
                print(new ProcessBuilder(command(folder, "grandchild")).start());
            }
            case "failing" -> {
                store(folder, who);
                System.exit(7);
            }
            case "scripted" -> {
                store(folder, who);
                print(new ProcessBuilder(command(folder, "below the script")).start());
            }
            default -> store(folder, who);
        }
    }

    private static void store(Path folder, String who) throws Exception {
        try (FileChannel file = FileChannel.open(
                folder.resolve(who + ".dat"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = file.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            buffer.putLong(0, 1);
            if (who.equals("parent")) {
                buffer.force();
            }
        }
        System.out.println(who);
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    private static List<String> command(Path folder, String who) {
        return List.of(java(), "-cp", System.getProperty("java.class.path"), "Family", folder.toString(), who);
    }

    private static void print(Process process) throws Exception {
        System.out.print(new String(process.getInputStream().readAllBytes()));
        System.out.println("exit " + process.waitFor());
    }
}
