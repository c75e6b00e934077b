package io.pmemcheckj.agent.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;

/** An event of a thread of the program. */
abstract class PlacedEvent extends FlightEvent {
    @Label("Location")
    @Description(
            "Where in the program: the nearest frame outside the JDK and outside libraries that a model declares transparent")
    String location;
}
