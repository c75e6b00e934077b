package io.pmemcheckj.crash.state;

import java.util.List;

/** A state that is possible: each unit is in one of its own. */
public final class ChosenState extends State {
    private final long[] choice;
    private long hash;
    private boolean hashed;

    /** @param choice by unit, the number of its state; it is kept */
    public ChosenState(FailurePoint point, long[] choice) {
        super(point);
        this.choice = choice;
    }

    /** Nothing of what is on its way is there. */
    public static ChosenState none(FailurePoint point) {
        return new ChosenState(point, new long[point.units().size()]);
    }

    /** All of it is there. */
    public static ChosenState all(FailurePoint point) {
        return new ChosenState(
                point, point.units().stream().mapToLong(Unit::all).toArray());
    }

    /** All that was stored up to a time is there, and nothing else. */
    public static ChosenState upTo(FailurePoint point, long time) {
        return new ChosenState(
                point, point.units().stream().mapToLong(unit -> unit.upTo(time)).toArray());
    }

    /** The same, but for one unit. */
    public ChosenState with(int unit, long state) {
        long[] other = choice.clone();
        other[unit] = state;
        return new ChosenState(point(), other);
    }

    public long choice(int unit) {
        return choice[unit];
    }

    @Override
    public byte[] content(int unit) {
        return choice[unit] == 0 ? null : point().units().get(unit).content(choice[unit]);
    }

    @Override
    public Unit.Fate fate(int unit, int store) {
        return point().units().get(unit).fate(store, choice[unit]);
    }

    @Override
    public long hash() {
        if (!hashed) {
            hash = point().certain();
            for (int i = 0; i < choice.length; i++) {
                if (choice[i] != 0) {
                    hash += point().units().get(i).hash(choice[i]);
                }
            }
            hashed = true;
        }
        return hash;
    }

    /** {@code 12}, {@code 12:0=3,4=1}: the failure point, and the units that are not in state 0. */
    @Override
    public String id() {
        StringBuilder id = new StringBuilder(Long.toString(point().number()));
        char separator = ':';
        for (int i = 0; i < choice.length; i++) {
            if (choice[i] != 0) {
                id.append(separator).append(i).append('=').append(choice[i]);
                separator = ',';
            }
        }
        return id.toString();
    }

    /**
     * The state of an id, at its failure point.
     *
     * @throws IllegalArgumentException if there is no such state
     */
    static ChosenState parse(FailurePoint point, String choices) {
        List<Unit> units = point.units();
        long[] choice = new long[units.size()];
        for (String part : choices.isEmpty() ? new String[0] : choices.split(",", -1)) {
            int equals = part.indexOf('=');
            int unit = Integer.parseInt(part.substring(0, Math.max(0, equals)));
            long state = Long.parseLong(part.substring(equals + 1));
            if (unit < 0
                    || unit >= choice.length
                    || state < 0
                    || state >= units.get(unit).states()) {
                throw new IllegalArgumentException(part);
            }
            choice[unit] = state;
        }
        return new ChosenState(point, choice);
    }
}
