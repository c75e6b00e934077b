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
        byte[] bridge = InternalUnsafeBridge.generate(new HashSet<>());
        StringWriter complaints = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(bridge), null, false, new PrintWriter(complaints));
        assertEquals("", complaints.toString());
    }

    @Test
    void storingMethodsHaveTwinsAndOthersNot() {
        Set<String> bridged = new HashSet<>();
        InternalUnsafeBridge.generate(bridged);
        assertTrue(bridged.contains("putLong(JJ)V"));
        assertTrue(bridged.contains("putLong(Ljava/lang/Object;JJ)V"));
        assertTrue(bridged.contains("compareAndSetInt(Ljava/lang/Object;JII)Z"));
        assertTrue(bridged.contains("copyMemory(JJJ)V"));
        assertFalse(bridged.contains("getLong(J)J"));
        assertFalse(bridged.contains("putReference(Ljava/lang/Object;JLjava/lang/Object;)V"));
        assertFalse(bridged.contains("allocateMemory(J)J"));
    }
}
