package io.pmemcheckj.cli.doctor;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The diagnosis for programs; {@code rules/schema/doctor-1.0.schema.json} describes it. */
public final class DoctorJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private DoctorJson() {}

    public static String of(Diagnosis diagnosis) {
        return MAPPER.writeValueAsString(diagnosis) + "\n";
    }
}
