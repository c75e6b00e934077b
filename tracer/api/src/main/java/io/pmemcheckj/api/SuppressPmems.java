package io.pmemcheckj.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several {@link SuppressPmem} on one type, method or constructor; the compiler writes it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface SuppressPmems {
    /**
     * The suppressions.
     *
     * @return as they stand in the source
     */
    SuppressPmem[] value();
}
