package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import java.util.StringJoiner;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code --emulate-pmem[=DIR,…]} on its way to the agent. */
final class EmulatePmem {
    private EmulatePmem() {}

    /**
     * The agent's option.
     *
     * @param folders value of the option: folders with commas between, empty for everywhere
     * @throws CommandException when one of them is no folder
     */
    static String agentOption(String folders) {
        if (folders.isEmpty()) {
            return "emulate-pmem";
        }
        StringJoiner real = new StringJoiner(",");
        for (String folder : folders.split(",")) {
            real.add(realPath(folder));
        }
        return "emulate-pmem=" + real;
    }

    private static String realPath(String folder) {
        try {
            String path = Path.of(folder).toRealPath().toString();
            if (!Files.isDirectory(Path.of(path))) {
                throw CommandException.usage("--emulate-pmem: " + folder + " is not a folder");
            }
            if (path.contains(",") || path.contains(":")) {
                throw CommandException.usage("--emulate-pmem: cannot name a folder with a comma or a colon: " + path);
            }
            return path;
        } catch (IOException e) {
            throw CommandException.usage("--emulate-pmem: " + folder + ": " + Console.reason(e));
        }
    }

    /** Takes a value only behind an equals sign: the word behind a bare {@code --emulate-pmem} is the program. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                words.push("");
            }
            return false;
        }
    }
}
