package io.pmemcheckj.agent.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(FlightEvent.PREFIX + "Checkpoint")
@Label("Checkpoint")
@Description("The program asked for a snapshot of the counts, PmemCheck.checkpoint")
final class CheckpointEvent extends PlacedEvent {
    @Label("Name")
    @Description("What the program calls it")
    String label;
}
