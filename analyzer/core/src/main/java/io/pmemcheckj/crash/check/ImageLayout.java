package io.pmemcheckj.crash.check;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the files of the program stand in an image: files below its working directory at their path relative to it, others at
 * their path relative to the folder that they have in common.
 */
public final class ImageLayout {
    private final Map<String, String> names = new HashMap<>();

    /**
     * @param workingDirectory of the program, or null
     * @param paths all paths that its files had, at any time
     */
    public ImageLayout(String workingDirectory, Collection<String> paths) {
        Path working =
                workingDirectory == null ? null : Path.of(workingDirectory).normalize();
        Set<String> taken = new HashSet<>();
        List<String> inside =
                paths.stream().filter(path -> isBelow(working, path)).distinct().toList();
        List<String> outside = paths.stream()
                .filter(path -> !isBelow(working, path))
                .distinct()
                .toList();
        inside.forEach(path -> add(path, relative(working, absolute(working, path)), taken));
        Path common = common(outside);
        outside.forEach(path -> add(path, relative(common, Path.of(path).normalize()), taken));
    }

    private static Path absolute(Path working, String path) {
        return working.resolve(path).normalize();
    }

    private static boolean isBelow(Path working, String path) {
        return working != null
                && working.getNameCount() > 0
                && absolute(working, path).startsWith(working);
    }

    private static Path common(List<String> paths) {
        Path common = null;
        for (String path : paths) {
            Path folder = Path.of(path).normalize().getParent();
            while (common != null && folder != null && !folder.startsWith(common)) {
                common = common.getParent();
            }
            common = common == null ? folder : common;
        }
        return common;
    }

    private static String relative(Path folder, Path path) {
        return folder == null ? path.toString() : folder.relativize(path).toString();
    }

    private void add(String path, String name, Set<String> taken) {
        String free = name;
        if (!taken.add(free)) {
            free = path.replaceFirst("^/+", "");
            taken.add(free);
        }
        names.put(path, free);
    }

    /** Path of a file in the image. */
    public String name(String path) {
        return names.getOrDefault(path, Path.of(path).getFileName().toString());
    }
}
