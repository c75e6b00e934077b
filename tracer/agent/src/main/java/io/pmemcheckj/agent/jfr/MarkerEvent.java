package io.pmemcheckj.agent.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(FlightEvent.PREFIX + "Marker")
@Label("Marker")
@Description("The program marked a place, PmemCheck.marker")
final class MarkerEvent extends PlacedEvent {
    @Label("Name")
    @Description("What the program calls it")
    String label;
}
