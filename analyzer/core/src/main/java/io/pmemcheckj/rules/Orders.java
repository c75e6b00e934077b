package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Declared orders: one, or one for each element of something. */
interface Orders {
    /** Those that the store can concern. */
    void concerning(StoreEvent store, BiConsumer<Order, StoreEvent> visitor);

    /** All that concerned a store so far. */
    void forEach(Consumer<Order> visitor);

    /** A range got a name. */
    void labelled(Segment segment, long start, long end, String name);
}
