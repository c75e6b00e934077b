package io.pmemcheckj.samples;

/**
 * A finding that a source line promises, or one that a report holds.
 *
 * @param file source file name
 * @param bytes number of bytes; null in a mark that does not say
 * @param occurrences how often; null in a mark that does not say
 */
record Mark(String file, int line, String rule, Long bytes, Long occurrences) {

    /** Whether a finding with these facts is what this mark promises. */
    boolean promises(Mark finding) {
        return file.equals(finding.file)
                && line == finding.line
                && rule.equals(finding.rule)
                && (bytes == null || bytes.equals(finding.bytes))
                && (occurrences == null || occurrences.equals(finding.occurrences));
    }

    @Override
    public String toString() {
        return file + ":" + line + " " + rule + (bytes == null ? "" : " bytes=" + bytes)
                + (occurrences == null ? "" : " occurrences=" + occurrences);
    }
}
