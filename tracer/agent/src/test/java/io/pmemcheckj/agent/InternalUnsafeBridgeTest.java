package io.pmemcheckj.agent;

import static org.junit.jupiter.api.Assertions.*;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

class InternalUnsafeBridgeTest {

    @Test
    void theTwinsVerify() {
        for (boolean loads : new boolean[] {false, true}) {
            byte[] bridge = InternalUnsafeBridge.generate(new HashSet<>(), loads);
            StringWriter complaints = new StringWriter();
            CheckClassAdapter.verify(new ClassReader(bridge), null, false, new PrintWriter(complaints));
            assertEquals("", complaints.toString());
        }
    }

    @Test
    void storingMethodsHaveTwinsAndOthersNot() {
        Set<String> bridged = new HashSet<>();
        InternalUnsafeBridge.generate(bridged, false);
        assertTrue(bridged.contains("putLong(JJ)V"));
        assertTrue(bridged.contains("putLong(Ljava/lang/Object;JJ)V"));
        assertTrue(bridged.contains("compareAndSetInt(Ljava/lang/Object;JII)Z"));
        assertTrue(bridged.contains("copyMemory(JJJ)V"));
        assertFalse(bridged.contains("getLong(J)J"));
        assertFalse(bridged.contains("putReference(Ljava/lang/Object;JLjava/lang/Object;)V"));
        assertFalse(bridged.contains("allocateMemory(J)J"));
    }

    @Test
    void loadingMethodsHaveTwinsWhereLoadsAreRecorded() {
        Set<String> bridged = new HashSet<>();
        InternalUnsafeBridge.generate(bridged, true);
        assertTrue(bridged.contains("getLong(J)J"));
        assertTrue(bridged.contains("getIntVolatile(Ljava/lang/Object;J)I"));
        assertTrue(bridged.contains("putLong(JJ)V"));
        assertFalse(bridged.contains("getReference(Ljava/lang/Object;J)Ljava/lang/Object;"));
        assertFalse(bridged.contains("pageSize()I"));
    }
}
