package io.pmemcheckj.cli.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the view that shows as many of its items as there is room for.
 *
 * @param items the lines of each, the most important first; one at least
 */
record Section(String title, List<List<String>> items) {
    /**
     * The lines of the sections, an empty one between, at most {@code height}: room goes round item by item. The first
     * item of each has a line at least.
     */
    static List<String> fit(List<Section> sections, int height) {
        int[] shown = new int[sections.size()];
        List<List<String>> firstItems = new ArrayList<>();
        int left = height - 2 * sections.size();
        for (int i = 0; i < shown.length; i++) {
            List<String> item = sections.get(i).items().get(0);
            int room = Math.max(1, left - (shown.length - 1 - i));
            firstItems.add(item.subList(0, Math.min(room, item.size())));
            left -= firstItems.get(i).size();
            shown[i] = 1;
        }
        boolean more = true;
        for (int round = 1; more; round++) {
            more = false;
            for (int i = 0; i < shown.length; i++) {
                List<List<String>> items = sections.get(i).items();
                if (shown[i] == round
                        && round < items.size()
                        && items.get(round).size() <= left) {
                    left -= items.get(round).size();
                    shown[i]++;
                    more = true;
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            lines.add("");
            lines.add(sections.get(i).title(shown[i]));
            lines.addAll(firstItems.get(i));
            sections.get(i).items().subList(1, shown[i]).forEach(lines::addAll);
        }
        return lines;
    }

    private String title(int shown) {
        int hidden = items.size() - shown;
        return hidden == 0 ? title : title + " (and " + hidden + " more)";
    }
}
