package io.pmemcheckj.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PmemCheckTest {
    /** Programs are compiled against these and the agent finds them by descriptor: they stay for ever. */
    private static final String SIGNATURES = """
            addToTransaction(ByteBuffer,int,int)
            addToTransaction(long,ByteBuffer,int,int)
            addToTransaction(long,long)
            addToTransaction(long,long,long)
            atomic(ByteBuffer,int,int)
            atomic(long,long)
            checkpoint(String)
            checksummed(ByteBuffer,int,int)
            checksummed(long,long)
            endTransaction()
            endTransaction(long)
            expectOrdered(ByteBuffer,int,int,ByteBuffer,int,int)
            expectOrdered(long,long,long,long)
            expectPersisted(ByteBuffer,int,int)
            expectPersisted(long,long)
            fence()
            flush(ByteBuffer,int,int)
            flush(long,long)
            ignoreInTransactions(ByteBuffer,int,int)
            ignoreInTransactions(long,long)
            isActive()
            joinTransaction(long)
            label(ByteBuffer,int,int,String)
            label(long,long,String)
            leaveTransaction(long)
            marker(String)
            persist(ByteBuffer,int,int)
            persist(long,long)
            registerSegment(ByteBuffer,int,int)
            registerSegment(long,long)
            removeFromTransaction(ByteBuffer,int,int)
            removeFromTransaction(long,ByteBuffer,int,int)
            removeFromTransaction(long,long)
            removeFromTransaction(long,long,long)
            removeSegment(ByteBuffer,int,int)
            removeSegment(long,long)
            setClean(ByteBuffer,int,int)
            setClean(long,long)
            startTransaction()
            startTransaction(long)
            """;

    @Test
    void hasExactlyTheseMethods() {
        Set<String> signatures = new TreeSet<>();
        for (Method method : PmemCheck.class.getDeclaredMethods()) {
            signatures.add(method.getName()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(",", "(", ")")));
        }

        assertEquals(SIGNATURES, String.join("\n", signatures) + "\n");
    }

    static Method[] requests() {
        return PmemCheck.class.getDeclaredMethods();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAPublicStaticNoOpWithoutTheAgent(Method request) {
        Object[] nonsense = Arrays.stream(request.getParameterTypes())
                .map(type -> type == long.class ? (Object) (-1L) : type == int.class ? (Object) (-1) : null)
                .toArray();

        assertEquals(Modifier.PUBLIC | Modifier.STATIC, request.getModifiers());
        assertDoesNotThrow(() -> request.invoke(null, nonsense));
    }

    @Test
    void isNotActiveWithoutTheAgent() {
        assertFalse(PmemCheck.isActive());
    }
}
