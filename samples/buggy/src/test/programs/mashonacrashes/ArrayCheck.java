import io.mashona.logwriting.ArrayStore;
import io.mashona.logwriting.ArrayStoreImpl;
import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each slot has what was written last. The slot that is being written may have the old content, the new, or none: writing "overwrites
 * (non-atomically)", as the documentation says. The store maps with {@code READ_WRITE_SYNC}: the process of the check emulates persistent
 * memory, too.
 */
public final class ArrayCheck implements CrashCheck {
    @Override
    public void check(CrashImage image) throws Exception {
        ArrayStore store = new ArrayStoreImpl(
                image.folder().resolve(image.files().get(0)).toFile(),
                MashonaCrashes.SLOTS,
                MashonaCrashes.SLOT_CAPACITY);
        try {
            int done = Math.max(0, image.markers().size() - 1);
            List<List<String>> allowed = new ArrayList<>();
            for (int slot = 0; slot < MashonaCrashes.SLOTS; slot++) {
                allowed.add(new ArrayList<>(List.of("")));
            }
            for (int i = 0; i < done; i++) {
                slot(allowed, i).set(0, MashonaCrashes.WRITES[i][1]);
            }
            if (done < MashonaCrashes.WRITES.length) {
                slot(allowed, done).addAll(Arrays.asList(MashonaCrashes.WRITES[done][1], ""));
            }
            for (int slot = 0; slot < MashonaCrashes.SLOTS; slot++) {
                byte[] content = store.readAsByteArray(slot);
                String found = content == null ? "" : new String(content, StandardCharsets.US_ASCII);
                if (!allowed.get(slot).contains(found)) {
                    throw new IllegalStateException(
                            "slot " + slot + " has '" + found + "', and should have one of " + allowed.get(slot));
                }
            }
        } finally {
            store.close();
        }
    }

    private static List<String> slot(List<List<String>> slots, int write) {
        return slots.get(Integer.parseInt(MashonaCrashes.WRITES[write][0]));
    }
}
