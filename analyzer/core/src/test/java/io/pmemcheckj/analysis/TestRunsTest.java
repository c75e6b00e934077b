package io.pmemcheckj.analysis;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.text.TextTraceReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests of a program that are judged while the trace comes. */
class TestRunsTest {
    private final Analysis whole =
            new Analysis(AnalysisOptions.of("auto", Set.of("unflushed-store", "unordered-store")));

    private static String begin(String name, String... lines) {
        String request = String.join("\\n", name, String.join("\\n", lines));
        return "marker 1 @1 \"pmemcheck-j test begins: " + request.stripTrailing() + "\"\n";
    }

    private static String begin(String name) {
        return "marker 1 @1 \"pmemcheck-j test begins: " + name + "\"\n";
    }

    private static String end(String name) {
        return "marker 1 @1 \"pmemcheck-j test ends: " + name + "\"\n";
    }

    /** What each begin and end was answered. */
    private List<String> answers(String... events) throws IOException {
        whole.judgeTests();
        List<String> answers = new ArrayList<>();
        TraceVisitor visitor = (TraceVisitor) Proxy.newProxyInstance(
                TraceVisitor.class.getClassLoader(), new Class<?>[] {TraceVisitor.class}, (self, method, arguments) -> {
                    method.invoke(whole.visitor(), arguments);
                    for (TraceVisitor test : whole.testVisitors()) {
                        method.invoke(test, arguments);
                    }
                    if (method.getName().equals("marker")) {
                        int before = answers.size(); // a thread takes one answer
                        whole.answer((thread, text) -> answers.size() == before && answers.add(text));
                    }
                    return null;
                });
        String trace = Pattern.compile("@(\\d+)")
                .matcher(MAPPED + String.join("", events))
                .replaceAll("app.Main.run(Main.java:$1)");
        TextTraceReader.read(new StringReader(trace), visitor);
        return answers;
    }

    private static void assertFound(String rule, int line, String answer) {
        assertTrue(answer.startsWith("ERROR " + rule + "  app.Main.run(Main.java:" + line + ")"), answer);
        assertEquals(answer.indexOf("ERROR"), answer.lastIndexOf("ERROR"), answer);
    }

    @Test
    void eachTestHearsOfItsOwnStoresOnly() throws IOException {
        List<String> answers = answers(
                "store 1 @5 0x10000 8\n",
                begin("1 a"),
                "store 2 @6 0x10040 8\n",
                end("1 a"),
                begin("2 b"),
                "store 1 @7 0x10080 8\n",
                "flush 1 @8 0x10080 8\n",
                "fence 1 @8\n",
                end("2 b"));

        assertEquals(List.of("", "", ""), List.of(answers.get(0), answers.get(2), answers.get(3)));
        assertFound("unflushed-store", 6, answers.get(1));
        assertTrue(answers.get(1).contains("when the test ended"), answers.get(1));
    }

    @Test
    void theWholeReportsAsIfThereWereNoTests() throws IOException {
        answers(begin("1 a"), "store 1 @5 0x10000 8\n", end("1 a"), "end\n");

        assertEquals(
                List.of("unflushed-store:5 x1 8B"),
                Check.summarize(whole.finish(new RunFacts("test", List.of(), null, 0, 1, 2, List.of()))));
    }

    @Test
    void flushingWhatWasStoredBeforeIsNotRedundant() throws IOException {
        List<String> answers = answers(
                "store 1 @5 0x10000 8\n",
                begin("1 a", "fail-on=note"),
                "flush 1 @6 0x10000 8\n",
                "fence 1 @6\n",
                "store 1 @7 0x10080 8\n",
                "flush 1 @8 0x10080 8\n",
                "fence 1 @8\n",
                end("1 a"));

        assertEquals(List.of("", ""), answers);
    }

    @Test
    void whatIsStoredInATestIsNotItsClasss() throws IOException {
        List<String> answers = answers(
                begin("1 class", "what=class"),
                "store 1 @5 0x10000 8\n",
                "store 1 @6 0x10040 8\n",
                begin("2 test"),
                "store 1 @7 0x10080 8\n",
                "flush 1 @8 0x10040 8\n",
                "fence 1 @8\n",
                end("2 test"),
                end("1 class"));

        assertFound("unflushed-store", 7, answers.get(2));
        assertFound("unflushed-store", 5, answers.get(3));
        assertTrue(answers.get(3).contains("when the class ended"), answers.get(3));
    }

    @Test
    void anOrderDeclaredBeforeHolds() throws IOException {
        List<String> answers = answers(
                "expect-ordered 1 @3 0x10000 8 0x10040 8\n",
                begin("1 a"),
                "store 1 @5 0x10000 8\n",
                "store 1 @6 0x10040 8\n",
                "flush 1 @7 0x10000 128\n",
                "fence 1 @7\n",
                end("1 a"));

        assertFound("unordered-store", 6, answers.get(1));
    }

    @Test
    void aTestThatMapsAndStoresNothingProvesNothing() throws IOException {
        String map = "map 1 @4 0x200000 4096 device=1 inode=3 offset=0 flags=none path=\"/data/more\"\n";

        List<String> answers = answers(
                begin("1 a"),
                end("1 a"),
                begin("2 b"),
                map,
                end("2 b"),
                begin("3 c", "no-stores=true"),
                map,
                end("3 c"));

        assertEquals(
                List.of(
                        "",
                        "",
                        "",
                        "the check cannot be trusted: nothing was traced though /data/more was mapped for writing",
                        "",
                        ""),
                answers);
    }

    @Test
    void whatTheCodeSuppressesIsNoFault() throws IOException {
        List<String> answers = answers(
                "property \"suppress:unflushed-store app.Main\" \"a cache\"\n",
                begin("1 a"),
                "store 1 @5 0x10000 8\n",
                end("1 a"));

        assertEquals(List.of("", ""), answers);
    }

    @Test
    void whatABaselineCannotBeReadFromIsSaid() throws IOException {
        String answer = answers(begin("1 a", "baseline=/no/such/file")).get(0);

        assertTrue(answer.startsWith("--baseline /no/such/file: "), answer);
    }

    @Test
    void aWrongRequestIsRefusedAndHarmsNobody() throws IOException {
        List<String> answers = answers(
                begin("1 a", "rules=+no-such-rule"),
                begin("2 b", "domain=nvm"),
                begin("3 c", "fail-on=all"),
                begin("4 d", "colour=red"),
                end("5 e"),
                begin("6 f", "segments=*.log"),
                "store 1 @5 0x10000 8\n",
                end("6 f"));

        assertEquals(
                List.of(
                        "rules: there is no rule 'no-such-rule'; 'pmemcheck-j explain' lists them",
                        "--domain nvm: must be auto, adr, eadr or page-cache",
                        "fail-on: must be error, warning or note; not all",
                        "a test cannot ask for 'colour=red'",
                        "no test 5 e began",
                        "",
                        ""),
                answers);
    }
}
