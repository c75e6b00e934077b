package io.pmemcheckj.agent.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pmemcheckj.agent.jfr.MappedFiles.Mapping;
import io.pmemcheckj.trace.MapFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappedFilesTest {
    private static final long DEVICE = 1;

    private final MappedFiles files = new MappedFiles();

    private SegmentMappedEvent map(long address, long length, long inode, long offset, int flags, String path) {
        return files.mapped(new long[] {0, address, length, DEVICE, inode, offset, flags}, path);
    }

    private String at(long address) {
        Mapping mapping = files.at(address);
        return mapping == null ? null : mapping.path() + "+" + mapping.offsetOf(address);
    }

    private List<String> unmap(long address, long length) {
        return files.unmapping(address, length).stream()
                .map(event -> (SegmentUnmappedEvent) event)
                .map(event -> event.path + "+" + event.offset + " " + event.size)
                .toList();
    }

    @Test
    void anAddressIsAPlaceInAFile() {
        map(1000, 100, 7, 4000, 0, "/a");
        assertNull(at(999));
        assertEquals("/a+4000", at(1000));
        assertEquals("/a+4099", at(1099));
        assertNull(at(1100));
        assertEquals("/a", files.path(DEVICE, 7));
    }

    @Test
    void aPartThatIsUnmappedLeavesTheRest() {
        map(1000, 100, 7, 0, 0, "/a");
        assertEquals(List.of("/a+40 20"), unmap(1040, 20));
        assertEquals("/a+39", at(1039));
        assertNull(at(1040));
        assertNull(at(1059));
        assertEquals("/a+60", at(1060));
        assertEquals(List.of("/a+0 40", "/a+60 40"), unmap(0, 5000));
        assertEquals("/a", files.path(DEVICE, 7), "a force of the file still names it");
    }

    @Test
    void aMappingTakesThePlaceOfWhatWasThere() {
        map(1000, 100, 7, 0, 0, "/a");
        map(1050, 100, 8, 0, 0, "/b");
        assertEquals("/a+49", at(1049));
        assertEquals("/b+0", at(1050));
        assertNull(map(1000, 100, 9, 0, MapFlags.READ_ONLY, "/c"), "no segment");
        assertNull(at(1049));
        assertEquals("/b+50", at(1100));
    }

    @Test
    void theDomainIsThatOfTheMapping() {
        assertEquals("page-cache", map(0, 1, 1, 0, 0, "/a").domain);
        assertEquals("adr", map(0, 1, 1, 0, MapFlags.SYNC | MapFlags.EMULATED, "/a").domain);
        assertEquals("eadr", map(0, 1, 1, 0, MapFlags.SYNC | MapFlags.CACHES_PERSIST, "/a").domain);
    }

    @Test
    void whatWasMappedBeforeARecordingIsKnown() {
        map(5000, 100, 3, 0, 0, "/gone");
        files.startOver(new Object[] {new long[] {1000, 100, DEVICE, 7, 4000}, "/a"});
        assertEquals("/a+4001", at(1001));
        assertNull(at(5000));
    }
}
