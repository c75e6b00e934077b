package io.pmemcheckj.report;

/** Text that can stand in an XML document: some characters have no place there, not even as references. */
final class XmlText {
    private XmlText() {}

    /** The text with a backslash escape in place of each such character. */
    static String of(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isLegal(point)) {
                legal.appendCodePoint(point);
            } else {
                legal.append(String.format("\\u%04x", point));
            }
        });
        return legal.toString();
    }

    /** Production {@code Char} of XML 1.0. */
    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || point >= 0x20 && point <= 0xd7ff
                || point >= 0xe000 && point <= 0xfffd
                || point >= 0x10000;
    }
}
