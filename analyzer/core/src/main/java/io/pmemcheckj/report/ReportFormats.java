package io.pmemcheckj.report;

import java.util.List;
import java.util.stream.Collectors;

/** The formats a report can be written in. */
public final class ReportFormats {
    private static final List<ReportFormat> FORMATS = List.of(new TextReport(), new JsonReport(), new HtmlReport());

    /** Names that users may rely on, and that a later version writes. */
    private static final List<String> LATER = List.of("sarif", "junit", "github");

    private ReportFormats() {}

    /** All formats of this version. */
    public static List<ReportFormat> all() {
        return FORMATS;
    }

    /**
     * The format with this id.
     *
     * @param id as given with {@code --format}
     * @throws UnknownFormatException with a message for the user, if this version writes no such format
     */
    public static ReportFormat byId(String id) {
        for (ReportFormat format : FORMATS) {
            if (format.id().equals(id)) {
                return format;
            }
        }
        String problem = LATER.contains(id)
                ? "this version does not write the report format '" + id + "' yet"
                : "unknown report format '" + Printable.of(id) + "'";
        throw new UnknownFormatException(problem + "; choose from " + known());
    }

    private static String known() {
        return FORMATS.stream().map(ReportFormat::id).collect(Collectors.joining(", "));
    }
}
