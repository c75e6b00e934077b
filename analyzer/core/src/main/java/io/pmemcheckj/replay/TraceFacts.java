package io.pmemcheckj.replay;

import io.pmemcheckj.findings.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a trace says of the run and of itself. */
public final class TraceFacts {
    private static final long DEFAULT_PAGE_SIZE = 4096;

    private final Map<String, String> properties = new HashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<Report.Checkpoint> checkpoints = new ArrayList<>();
    private long pageSize = DEFAULT_PAGE_SIZE;
    boolean ended;
    private boolean audited;
    private long auditedBytes;
    private long unexplainedBytes;

    void property(String key, String value) {
        properties.put(key, value);
        if (key.equals("page-size")) {
            pageSize = pageSize(value);
        }
    }

    private static long pageSize(String value) {
        try {
            long size = Long.parseLong(value.trim());
            return size >= 64 && Long.bitCount(size) == 1 ? size : DEFAULT_PAGE_SIZE;
        } catch (NumberFormatException e) {
            return DEFAULT_PAGE_SIZE;
        }
    }

    void gap(String reason) {
        gaps.add(reason);
    }

    void checkpoint(Report.Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
    }

    void audited(long bytes) {
        audited = true;
        auditedBytes += bytes;
    }

    void unexplained(long bytes) {
        unexplainedBytes += bytes;
    }

    /** Facts about the run, by the keys of the trace. */
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    /** Bytes of a page of memory. */
    public long pageSize() {
        return pageSize;
    }

    /** Why the trace is not whole. */
    public List<String> gaps() {
        return Collections.unmodifiableList(gaps);
    }

    /** Whether the trace said that nothing follows. */
    public boolean hasEnded() {
        return ended;
    }

    public List<Report.Checkpoint> checkpoints() {
        return Collections.unmodifiableList(checkpoints);
    }

    /** What an audit compared and could explain, or null if there was none. */
    public Report.Audit audit() {
        return audited ? new Report.Audit(auditedBytes, auditedBytes - unexplainedBytes) : null;
    }
}
