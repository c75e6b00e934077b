package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An order between two fields of one struct: each element has its own, as one element's value is nothing to another's flag. */
final class ElementOrders implements Orders {
    private record Element(Segment segment, long position) {}

    private final String name;
    private final PersistentMemory memory;
    private final Struct struct;
    private final Struct.Field first;
    private final Struct.Field then;
    private final Map<Element, Order> orders = new LinkedHashMap<>();

    ElementOrders(String name, PersistentMemory memory, Struct struct, Struct.Field first, Struct.Field then) {
        this.name = name;
        this.memory = memory;
        this.struct = struct;
        this.first = first;
        this.then = then;
    }

    @Override
    public void concerning(StoreEvent store, BiConsumer<Order, StoreEvent> visitor) {
        Segment segment = store.segment();
        struct.forEachElement(segment, store.start(), store.end(), at -> visitor.accept(order(segment, at), store));
    }

    private Order order(Segment segment, long position) {
        return orders.computeIfAbsent(
                new Element(segment, position),
                key -> new Order(name, range(segment, position, first), range(segment, position, then), false));
    }

    private RangeSelector range(Segment segment, long position, Struct.Field field) {
        long start = position + field.offset();
        return new RangeSelector(memory, segment, start, start + field.length());
    }

    @Override
    public void forEach(Consumer<Order> visitor) {
        orders.values().forEach(visitor);
    }

    @Override
    public void labelled(Segment segment, long start, long end, String label) {
        struct.labelled(segment, start, end, label);
    }
}
