package io.pmemcheckj.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.models.Expression.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Scope SCOPE = new Scope(3, true, true);

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            arg0                              => arg0
            0x2a                              => 42
            true                              => 1
            arg1 * 8 + this.base              => arg1,8,*,this,.base,+
            arg0+arg1-arg2                    => arg0,arg1,+,arg2,-
            (arg0 + arg1) % 4 / 2             => arg0,arg1,+,4,%,2,/
            arg2 & 4 != 0                     => arg2,4,&,0,!=
            arg0 << 3 | 1                     => arg0,3,<<,1,|
            result == -1 || !arg0 && arg1 < 2 => result,1,neg,==,arg0,not,arg1,2,<,&&,||
            long(arg0 + 8)                    => arg0,8,+,@long
            address(this.pool.memory)         => this,.pool,.memory,@address
            arg0 >= 1 & 3                     => arg0,1,3,&,>=
            """)
    void becomesPostfix(String text, String postfix) throws Exception {
        assertEquals(postfix, Expression.compile(text, SCOPE));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            arg3       => there is no arg3, only 3 arguments, from arg0 at character 1
            arg0 arg1  => unexpected 'a' at character 6
            arg0 +     => expected a number, argN, this, result, a function or '(' at character 7
            size(arg0) => there is no function 'size'; there are address, int, length, limit, long, noted, position, remaining, string, swap at character 1
            ret        => 'ret' is not argN, this, result or a function at character 1
            (arg0      => expected ')' at character 6
            0x         => '0x' is no number at character 3
            arg0.      => expected a field at character 6
            """)
    void saysWhatIsWrong(String text, String message) {
        ModelException e = assertThrows(ModelException.class, () -> Expression.compile(text, SCOPE));
        assertEquals("'" + text + "': " + message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"this, there is no 'this' here", "result, 'there is no ''result'' before the call; say when: after'"})
    void knowsWhatThereIs(String text, String message) {
        Scope nothing = new Scope(0, false, false);
        ModelException e = assertThrows(ModelException.class, () -> Expression.compile(text, nothing));
        assertEquals("'" + text + "': " + message + " at character 1", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"'(', ')'", "'-', ''", "'!', ''", "'long(', ')'"})
    void nestsOnlySoDeep(String open, String close) throws Exception {
        assertEquals("1", Expression.compile("(".repeat(20) + "1" + ")".repeat(20), SCOPE));
        String deep = open.repeat(20_000) + "1" + close.repeat(20_000);

        ModelException e = assertThrows(ModelException.class, () -> Expression.compile(deep, SCOPE));

        assertTrue(e.getMessage().contains("too deeply nested"), e::getMessage);
    }

    @Test
    void needsNoMoreValuesAtATimeThanTheRuntimeHasRoomFor() throws Exception {
        Expression.compile("1+(".repeat(15) + "1" + ")".repeat(15), SCOPE);
        Expression.compile("1" + "+1".repeat(100), SCOPE);
        String wide = "1+(".repeat(16) + "1" + ")".repeat(16);

        ModelException e = assertThrows(ModelException.class, () -> Expression.compile(wide, SCOPE));

        assertTrue(e.getMessage().contains("needs more than 16 values at a time"), e::getMessage);
    }
}
