package io.pmemcheckj.maven;

import java.time.Instant;
import java.util.Map;

/** When this build first prepared the agent for this module; what is older belongs to another build. */
final class Prepared {
    private static final String KEY = Prepared.class.getName();

    private final Map<Object, Object> context;

    /** @param context what Maven keeps for the plugin and the module as long as the build lasts */
    @SuppressWarnings("unchecked")
    Prepared(Map<?, ?> context) {
        this.context = (Map<Object, Object>) context;
    }

    /** Notes the moment, unless that was done already. */
    boolean first() {
        return context.putIfAbsent(KEY, Instant.now()) == null;
    }

    /** The moment; the epoch where this build did not prepare the agent, so that nothing is too old. */
    Instant since() {
        return (Instant) context.getOrDefault(KEY, Instant.EPOCH);
    }
}
