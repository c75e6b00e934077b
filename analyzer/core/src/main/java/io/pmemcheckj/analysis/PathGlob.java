package io.pmemcheckj.analysis;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** A glob of {@link java.nio.file.FileSystem#getPathMatcher} that a path matches in full or by its file name. */
public final class PathGlob implements Predicate<String> {
    private final PathMatcher matcher;
    private final String glob;

    /**
     * @param where option or file and field, for the message
     * @throws UsageException if the glob is malformed
     */
    public PathGlob(String where, String glob) {
        this.glob = glob;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new UsageException(where + ": bad glob '" + glob + "': " + e.getDescription());
        }
    }

    @Override
    public boolean test(String path) {
        if (path.equals(glob)) {
            return true;
        }
        try {
            Path whole = Path.of(path);
            return matcher.matches(whole) || whole.getFileName() != null && matcher.matches(whole.getFileName());
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
