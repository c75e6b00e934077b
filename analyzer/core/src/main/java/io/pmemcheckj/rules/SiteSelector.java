package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Places;
import java.util.BitSet;
import java.util.regex.Pattern;

/** Stores made at matching places in the code. */
final class SiteSelector implements Selector {
    private final Places places;
    private final Pattern className;
    private final String method;
    private final int line;
    private final BitSet judged = new BitSet();
    private final BitSet meant = new BitSet();

    /**
     * @param className pattern of binary names
     * @param method method name, or null for any
     * @param line source line, or 0 for any
     */
    SiteSelector(Places places, Pattern className, String method, int line) {
        this.places = places;
        this.className = className;
        this.method = method;
        this.line = line;
    }

    private boolean matches(int site) {
        if (site <= 0) {
            return false;
        }
        if (!judged.get(site)) {
            judged.set(site);
            Location location = places.site(site);
            meant.set(
                    site,
                    location.className() != null
                            && className.matcher(location.className()).matches()
                            && (method == null || method.equals(location.method()))
                            && (line == 0 || line == location.line()));
        }
        return meant.get(site);
    }

    @Override
    public boolean touches(Segment segment, long start, long end, int site) {
        return matches(site);
    }

    @Override
    public long match(Segment segment, long line, long mask, int site) {
        return matches(site) ? mask : 0;
    }

    @Override
    public boolean storedBefore() {
        return false;
    }
}
