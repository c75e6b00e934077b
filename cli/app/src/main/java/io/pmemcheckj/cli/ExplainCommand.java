package io.pmemcheckj.cli;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description =
                "Lists the rules, or explains one: what it finds, why it matters, how to fix it, with an example.")
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDTH = 96;

    private final Console console;

    @Mixin
    private HelpOption help;

    @Parameters(arity = "0..1", paramLabel = "RULE", description = "Rule id, for example unflushed-store.")
    private String rule;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RuleCatalogue catalogue = RuleCatalogue.load();
        String text = rule == null
                ? list(catalogue)
                : page(catalogue.find(rule).orElseThrow(() -> RuleSelection.unknown("", rule)));
        console.out().write(text.getBytes(StandardCharsets.UTF_8));
        return ExitCode.CLEAN.number();
    }

    private static String list(RuleCatalogue catalogue) {
        StringBuilder text = new StringBuilder();
        for (RuleInfo rule : catalogue.rules()) {
            text.append(String.format(
                    "%-26s %-8s %s%s%n", rule.id(), rule.severity().id(), rule.title(), remark(rule)));
        }
        return text.toString();
    }

    private static String remark(RuleInfo rule) {
        return rule.enabledByDefault() ? "" : " (off by default; --rules +" + rule.id() + ")";
    }

    private static String page(RuleInfo rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.id())
                .append(" · ")
                .append(rule.severity().id())
                .append(remark(rule))
                .append('\n');
        text.append(rule.title()).append(".\n");
        section(text, "What", rule.what());
        section(text, "Why it matters", rule.why());
        section(text, "How to fix", rule.fix());
        example(text, "Buggy", rule.example().buggy());
        example(text, "Fixed", rule.example().fixed());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String body) {
        text.append('\n').append(title).append('\n');
        boolean first = true;
        for (String paragraph : RuleInfo.paragraphs(body)) {
            text.append(first ? "" : "\n");
            first = false;
            wrap(text, paragraph);
        }
    }

    private static void wrap(StringBuilder text, String paragraph) {
        int column = 0;
        for (String word : paragraph.trim().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? "  " : " ").append(word);
            column += (column == 0 ? 2 : 1) + word.length();
        }
        text.append('\n');
    }

    private static void example(StringBuilder text, String title, String code) {
        text.append('\n').append(title).append('\n');
        code.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
}
