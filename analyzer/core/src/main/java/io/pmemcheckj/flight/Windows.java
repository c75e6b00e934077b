package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight.Activity;
import java.util.Comparator;
import java.util.List;

/** Finds the windows that an activity falls into. */
final class Windows {
    private final List<Window> byStart;
    private final long longest;

    Windows(List<Window> windows) {
        byStart = windows.stream()
                .sorted(Comparator.comparingLong(Window::fromUs))
                .toList();
        longest = windows.stream()
                .mapToLong(window -> window.toUs() - window.fromUs())
                .max()
                .orElse(0);
    }

    void offer(Activity activity, long thread) {
        for (int i = firstFrom(activity.atUs() - longest);
                i < byStart.size() && byStart.get(i).fromUs() <= activity.endUs();
                i++) {
            byStart.get(i).offer(activity, thread);
        }
    }

    private int firstFrom(long us) {
        int low = 0;
        int high = byStart.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byStart.get(middle).fromUs() < us) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
