package io.pmemcheckj.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What stands behind {@link PmemChecked}. */
final class PmemExtension extends JudgingExtension {
    @Override
    Optional<Settings> settings(ExtensionContext context) {
        return annotation(context).map(Settings::of);
    }

    /** The nearest one: at the method, the class, or a class around that. */
    static Optional<PmemChecked> annotation(ExtensionContext context) {
        Optional<PmemChecked> found = AnnotationSupport.findAnnotation(context.getTestMethod(), PmemChecked.class);
        Class<?> type = context.getTestClass().orElse(null);
        while (found.isEmpty() && type != null) {
            found = AnnotationSupport.findAnnotation(type, PmemChecked.class);
            type = type.getEnclosingClass();
        }
        return found;
    }
}
