package io.pmemcheckj.findings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names a finding so that it keeps its name in the next run and after an edit elsewhere in the file.
 *
 * <p>A fingerprint is made of the rule and of the classes and methods involved. Line numbers, addresses, and numbers that
 * compilers and the JVM assign (lambdas, anonymous classes, proxies) stay out of it. Findings that differ in nothing else
 * are told apart by their rank in the source, see {@link #assign}.
 */
public final class Fingerprint {
    private static final int HEX_DIGITS = 16;

    /** What is numbered by a compiler ({@code $1}, {@code lambda$run$3}) or by the JVM ({@code $$Lambda/0x7f..}). */
    private static final Pattern ASSIGNED_NUMBER =
            Pattern.compile("/0x[0-9a-f]+|(?<=\\$)\\d+|(?<=(\\$Proxy|MethodAccessor|ConstructorAccessor))\\d+");

    private static final Comparator<Finding> SOURCE_ORDER = Comparator.<Finding>comparingInt(
                    finding -> finding.location().line())
            .thenComparing(Fingerprint::relatedLines, Arrays::compare);

    private Fingerprint() {}

    /**
     * The fingerprint of a finding that no other resembles.
     *
     * @param rule rule id
     * @param location where the finding stands
     * @param related the other places of the story, in a fixed order
     * @return 16 hexadecimal digits
     */
    public static String of(String rule, Location location, Location... related) {
        StringBuilder identity = new StringBuilder(rule);
        append(identity, location);
        for (Location place : related) {
            append(identity, place);
        }
        return digest(identity.toString());
    }

    /**
     * Gives every finding its fingerprint, whatever stood there before. Of findings that look alike the first in source
     * order keeps the plain fingerprint, the next ones get a suffix ({@code -2}, {@code -3}).
     *
     * @return the findings in the order given
     */
    public static List<Finding> assign(List<Finding> findings) {
        Map<String, List<Integer>> alike = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            alike.computeIfAbsent(of(findings.get(i)), key -> new ArrayList<>()).add(i);
        }
        Finding[] named = new Finding[findings.size()];
        alike.forEach((fingerprint, indexes) -> {
            indexes.sort(Comparator.comparing(findings::get, SOURCE_ORDER));
            for (int rank = 1; rank <= indexes.size(); rank++) {
                int index = indexes.get(rank - 1);
                named[index] = findings.get(index).named(rank == 1 ? fingerprint : fingerprint + "-" + rank);
            }
        });
        return List.of(named);
    }

    private static String of(Finding finding) {
        Location[] related =
                finding.related().stream().map(Finding.Related::location).toArray(Location[]::new);
        return of(finding.rule(), finding.location(), related);
    }

    private static void append(StringBuilder identity, Location place) {
        // NUL cannot occur in a name of the class file format, so no two lists of places look the same.
        identity.append('\0').append(withoutNumbers(place.className()));
        identity.append('\0').append(withoutNumbers(place.method()));
    }

    private static String withoutNumbers(String name) {
        return name == null ? "" : ASSIGNED_NUMBER.matcher(name).replaceAll("");
    }

    private static int[] relatedLines(Finding finding) {
        return finding.related().stream()
                .mapToInt(related -> related.location().line())
                .toArray();
    }

    private static String digest(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
