package io.pmemcheckj.crash.state;

import io.pmemcheckj.memory.Domain;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of the program. */
public final class CrashFile {
    private final int number;
    /** What it certainly holds, and what it holds if all of what is on its way is lost. */
    private final Content content;

    /** What is on its way, by the number of the line or page. */
    private final Map<Long, Unit> pending = new LinkedHashMap<>();

    private String path;
    private boolean exists;
    private Domain domain;
    private boolean varied;

    CrashFile(int number, String path, Content content) {
        this.number = number;
        this.path = path;
        this.content = content;
        content.belongsTo(number);
    }

    /** Counts from 0, in the order in which the trace tells of files. */
    public int number() {
        return number;
    }

    /** Where it is now. */
    public String path() {
        return path;
    }

    void rename(String newPath) {
        path = newPath;
    }

    public Content content() {
        return content;
    }

    /** Whether it has a name at this moment of the run. */
    public boolean exists() {
        return exists;
    }

    void setExists(boolean does) {
        exists = does;
    }

    /** Null for a file that was never mapped: it is as the program left it, whenever the crash comes. */
    Domain domain() {
        return domain;
    }

    /** Whether a crash can lose what was stored to it. */
    boolean isVaried() {
        return varied;
    }

    void mapped(Domain as, boolean counts) {
        domain = as;
        varied = counts;
    }

    Map<Long, Unit> pending() {
        return pending;
    }

    /** Bytes of the unit that is persistent, or not, as one: a line, or a page of the page cache. */
    int unitSize() {
        return domain == Domain.PAGE_CACHE ? Content.PAGE : LineUnit.LINE;
    }
}
