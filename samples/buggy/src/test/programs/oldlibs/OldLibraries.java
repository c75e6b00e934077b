import com.fasterxml.jackson.core.json.PackageVersion;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** A program that brings its own, old ASM and Jackson. */
public final class OldLibraries {
    private OldLibraries() {}

    public static void main(String[] args) throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "Made", null, "java/lang/Object", null);
        writer.visitEnd();
        System.out.println(writer.toByteArray().length + " bytes made by ASM, jar "
                + jarOf(ClassWriter.class));
        System.out.println(new ObjectMapper().writeValueAsString(Map.of("a", 1)) + " by Jackson "
                + PackageVersion.VERSION + ", jar " + jarOf(ObjectMapper.class));
        try {
            Class.forName("tools.jackson.databind.ObjectMapper");
            System.out.println("the tool's Jackson is visible");
        } catch (ClassNotFoundException e) {
            System.out.println("no other Jackson is visible");
        }
        Path file = Files.createTempFile(Path.of(args[0]), "old", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            map.putLong(0, 1); // finds: unflushed-store bytes=8 occurrences=1
        }
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).getFileName();
    }
}
