package io.pmemcheckj.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCompilerTest {
    private static final Path RULES = Path.of("../../rules");

    @TempDir
    Path folder;

    private List<String> compile(String yaml) throws Exception {
        return ModelCompiler.compile(List.of(Files.writeString(folder.resolve("m.yaml"), yaml)));
    }

    @Test
    void compilesMethodsAndFunctions() throws Exception {
        List<String> lines = compile("""
                library: pool
                artifact: com.acme:pool
                versions: "[1.0, 2)"
                transparent: [com.acme.pool, com.acme.util.Bytes]
                methods:
                  - owner: com.acme.pool.Pool$Block
                    method: "sync*"
                    descriptor: (JI)I
                    fails: result != 0
                    events:
                      - persist: {address: this.base + arg0, length: arg1}
                      - {fence: , when: before, if: arg1 > 64}
                  - {owner: com.acme.pool.Log, method: trim, internal: true}
                functions:
                  - function: [acme_flush, acme_flush2]
                    events: [{flush: {address: arg0, length: 64}}]
                """);

        assertEquals(
                List.of(
                        "pmemcheck-j models 1",
                        "library\tpool\tcom.acme:pool\t[1.0,2)\tm.yaml",
                        "transparent\tcom/acme/pool",
                        "transparent\tcom/acme/util/Bytes",
                        "method\tcom/acme/pool/Pool$Block\tsync*\t(JI)I\t-\tfails result,0,!=;"
                                + "persist this,.base,arg0,+ arg1;fence if arg1,64,>;call",
                        "method\tcom/acme/pool/Log\ttrim\t*\tinternal\tcall",
                        "function\tacme_flush\tflush arg0 64;call",
                        "function\tacme_flush2\tflush arg0 64;call"),
                lines);
        assertEquals(List.of("pool"), ModelCompiler.libraries(lines));
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        List<String> lines = compile("""
                library: l
                methods:
                  - owner: A
                    method: m
                    events:
                      - begin:
                      - map: {address: result}
                      - commit: {persists: false}
                      - abort:
                      - {flush: {address: arg0, length: 8}, when: after}
                      - persist: {address: arg0, length: 8}
                """);

        assertEquals(
                "method\tA\tm\t*\t-\tpersist arg0 8;call;begin 0;map result 0 0 0 0;commit 0;abort 1;flush arg0 8",
                lines.get(2));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            library: l                                           => the model: says nothing: it has no transparent packages, methods or functions
            transparent: a                                       => library: is missing
            {library: l, transparnt: a}                          => transparnt is no field here; fields are artifact, functions, library, methods, transparent, versions
            {library: l, transparent: a/b}                       => transparent: must be the name of a package or class, not 'a/b'
            {library: l, artifact: a, transparent: a}            => artifact: must be group:artifact, not 'a'
            {library: l, versions: '1.2', transparent: a}        => versions: must be a range like [1.2,1.3), [1.0,) or [1.2.0], not '1.2'
            {library: l, transparent: [a, null]}                    => transparent: is missing
            {library: l, methods: [null]}                           => methods[0]: is empty
            {library: l, functions: [null]}                         => functions[0]: is empty
            {library: l, functions: [{function: [null], events: [{fence: }]}]} => functions[0] (null): function: is missing
            {library: l, methods: [{method: m}]}                 => methods[0].owner: is missing
            {library: l, methods: [{owner: A, method: m}]}       => methods[0] (A.m): does nothing: it needs events, or internal: true
            {library: l, methods: [{owner: A, method: m()}]}     => methods[0] (A.m()): method: must be the name of a method, without parentheses, not 'm()'
            {library: l, methods: [{owner: A, method: m, descriptor: int, internal: true}]} => methods[0] (A.m): descriptor: must be one as javap -s shows it, like (JI)V, not 'int'
            {library: l, functions: [{function: f}]}             => functions[0] (f): does nothing: it needs events
            {library: l, functions: [{function: f, events: [{flsh: {address: 1}}]}]} => functions[0] (f): events[0]: there is no event 'flsh'
            {library: l, functions: [{function: f, events: [{flush: {address: 1}}]}]} => functions[0] (f): events[0]: flush: needs length
            {library: l, functions: [{function: f, events: [{flush: arg0}]}]} => functions[0] (f): events[0]: flush: must say address, length
            {library: l, functions: [{function: f, events: [{fence: {address: 1}}]}]} => functions[0] (f): events[0]: fence: has no 'address'; it has none
            {library: l, functions: [{function: f, events: [{fence: , flush: {address: 1, length: 2}}]}]} => functions[0] (f): events[0]: must be one kind of event, and perhaps if and when; has [fence, flush]
            {library: l, functions: [{function: f, events: [{fence: , when: later}]}]} => functions[0] (f): events[0]: when: must be before or after
            {library: l, functions: [{function: f, events: [{flush: {address: result, length: 2}}]}]} => functions[0] (f): events[0]: flush: address: 'result': there is no 'result' before the call; say when: after at character 1
            {library: l, functions: [{function: f, events: [{store: {address: arg6, length: 2}}]}]} => functions[0] (f): events[0]: store: address: 'arg6': there is no arg6, only 6 arguments, from arg0 at character 1
            {library: l, methods: [{owner: A, method: m, descriptor: (J)V, events: [{store: {address: arg1, length: 2}}]}]} => methods[0] (A.m): events[0]: store: address: 'arg1': there is no arg1, only 1 arguments, from arg0 at character 1
            """)
    void saysWhatIsWrongAndWhere(String yaml, String message) {
        ModelException e = assertThrows(ModelException.class, () -> compile(yaml));
        String actual = e.getMessage().replaceFirst("^.*m.yaml(, line \\d+)?: ", "");
        assertEquals(message, actual);
    }

    @ParameterizedTest
    @CsvSource({
        "'library: [', not valid YAML",
        "'[1, 2]', must have fields",
        "'library: a\n\tmethods: b', found character",
        "'library: a\nlibrary: b', uplicate"
    })
    void whatIsNoModelIsOneLine(String yaml, String part) {
        ModelException e = assertThrows(ModelException.class, () -> compile(yaml));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    @Test
    void namesAFileThatIsNotThere() {
        ModelException e =
                assertThrows(ModelException.class, () -> ModelCompiler.compile(List.of(folder.resolve("none.yaml"))));
        assertEquals(folder.resolve("none.yaml") + ": no such file", e.getMessage());
    }

    static Stream<String> models() throws IOException {
        Stream<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(RULES.resolve("models/README.md")))
                .results()
                .map((MatchResult match) -> match.group(1));
        try (Stream<Path> files = Files.list(RULES.resolve("models"))) {
            List<String> shipped = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(ModelCompilerTest::read)
                    .toList();
            return Stream.concat(examples, shipped.stream());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Also those of the documentation. */
    @ParameterizedTest
    @MethodSource("models")
    void isAsTheSchemaSaysAndCompiles(String yaml) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(RULES.resolve("schema/model.schema.json")));

        assertEquals(List.of(), schema.validate(yaml, InputFormat.YAML));
        assertTrue(compile(yaml).size() > 2);
    }
}
