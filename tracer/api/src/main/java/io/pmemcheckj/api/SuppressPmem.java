package io.pmemcheckj.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that findings in the annotated code are known and meant to be: they do not count, and stand apart in the report with the
 * reason.
 *
 * <pre>{@code
 * @SuppressPmem(rule = "unflushed-store", reason = "the cache is rebuilt when the store is opened")
 * private void remember(int slot, long value) { … }
 * }</pre>
 *
 * <p>On a type it holds for findings located in it and in the types within it, on a method or constructor for those located in it and in
 * its lambdas; overloads of the same name are meant, too, anonymous and local classes in it are not. What no finding meets is reported, so that it can be taken away. The annotation has no effect unless the program
 * is traced.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
@Repeatable(SuppressPmems.class)
public @interface SuppressPmem {
    /**
     * Which findings.
     *
     * @return rule ids, for example {@code unflushed-store}
     */
    String[] rule();

    /**
     * Why they are no fault.
     *
     * @return a sentence; an empty one suppresses nothing
     */
    String reason();

    /**
     * The last day on which it holds.
     *
     * @return a date such as {@code 2027-01-31}; left out, it holds for ever
     */
    String until() default "";
}
