package io.pmemcheckj.samples;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;

/** The schema of report.json that the tool's own jar publishes. */
final class ReportSchema {
    private static final String ENTRY = "io/pmemcheckj/rules/schema/report-1.0.schema.json";

    private ReportSchema() {}

    /** What the report has otherwise than the schema says. */
    static List<?> errors(String report) {
        return Holder.SCHEMA.validate(report, InputFormat.JSON);
    }

    private static final class Holder {
        static final Schema SCHEMA = read();

        private static Schema read() {
            try (JarFile jar = new JarFile(Checker.JAR.toFile());
                    InputStream in = jar.getInputStream(jar.getEntry(ENTRY))) {
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(in);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
