import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB on mapped files. */
public final class MapDbStore {
    private MapDbStore() {}

    public static void main(String[] args) {
        String file = Path.of(args[0]).resolve("map.db").toString();
        try (DB database = DBMaker.fileDB(file).fileMmapEnable().make()) {
            ConcurrentMap<Long, String> map = database.hashMap("map", Serializer.LONG, Serializer.STRING)
                    .createOrOpen();
            for (long i = 0; i < 2000; i++) {
                map.put(i, "value " + i);
            }
            database.commit();
        }
        try (DB database = DBMaker.fileDB(file).fileMmapEnable().make()) {
            ConcurrentMap<Long, String> map = database.hashMap("map", Serializer.LONG, Serializer.STRING)
                    .createOrOpen();
            System.out.println(map.size() + " entries, the last is " + map.get(1999L));
        }
    }
}
