import io.pmemcheckj.api.PmemCheck;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore on a mapped file: three commits, each made durable. */
public final class MvStoreCrashes {
    static final int KEYS = 8;

    private MvStoreCrashes() {}

    public static void main(String[] args) {
        String file = "nioMapped:" + Path.of(args[0]).toAbsolutePath().resolve("store.mv");
        MVStore store = new MVStore.Builder().fileName(file).autoCommitDisabled().open();
        MVMap<Integer, String> map = store.openMap("pages");
        for (int commit = 1; commit <= 3; commit++) {
            for (int key = 0; key < KEYS; key++) {
                map.put(key, value(commit));
            }
            store.commit();
            store.sync();
            PmemCheck.marker("durable " + commit);
        }
        store.close();
    }

    /** Half a kilobyte that tells which commit it is from. */
    static String value(int commit) {
        return (commit + "|").repeat(256);
    }
}
