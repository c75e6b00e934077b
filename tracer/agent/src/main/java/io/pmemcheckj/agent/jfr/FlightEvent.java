package io.pmemcheckj.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;

/** What all our events have in common: the category. */
@Category(FlightEvent.CATEGORY)
abstract class FlightEvent extends Event {
    static final String CATEGORY = "pmemcheck-j";
    /** Begins the names of all events. */
    static final String PREFIX = "io.pmemcheckj.";
}
