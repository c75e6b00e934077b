import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The store opens, has the last commit that was made durable or a later one, and never half of one. */
public final class MvStoreCheck implements CrashCheck {

    @Override
    public void check(CrashImage image) throws Exception {
        int durable = image.markers().size();
        if (durable == 0) {
            return; // of a store that nobody has relied on yet nothing need be left
        }
        String file = image.folder().resolve(image.files().get(0)).toString();
        MVStore store = new MVStore.Builder().fileName(file).autoCommitDisabled().open();
        try {
            MVMap<Integer, String> map = store.openMap("pages");
            Set<String> values = new HashSet<>();
            for (int key = 0; key < MvStoreCrashes.KEYS; key++) {
                values.add(String.valueOf(map.get(key)));
            }
            if (Collections.disjoint(values, allowed(durable)) || values.size() > 1) {
                throw new IllegalStateException(durable + " commits are durable, found is " + shortened(values));
            }
        } finally {
            store.closeImmediately();
        }
    }

    private static List<String> shortened(Set<String> values) {
        return values.stream()
                .map(text -> text.substring(0, Math.min(text.length(), 8)))
                .sorted()
                .toList();
    }

    private static Set<String> allowed(int durable) {
        return Set.of(MvStoreCrashes.value(durable), MvStoreCrashes.value(durable + 1));
    }
}
