package io.pmemcheckj.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an order in the code that has to keep it: what {@link #first} means must be persistent before a store that {@link #then}
 * means can be. A crash that could leave the second without the first is reported by the rule {@code unordered-store}.
 *
 * <pre>{@code
 * @PersistOrder(name = "entry before tail", first = "#writeEntry", then = "#publish")
 * final class Log {
 *     private void writeEntry(byte[] payload) { … }
 *     private void publish(int tail) { … }
 * }
 * }</pre>
 *
 * <p>Both sides are selectors of stores:
 *
 * <ul>
 *   <li>{@code #method}: those made in this method of the annotated class, or of the class the annotated method is in;
 *   <li>{@code Class#method}: those made in a method of another class, of the same package if the name has no dot. The binary name
 *       is meant; in it {@code *} stands for any characters, dots included, and {@code ?} for one;
 *   <li>anything else: those to ranges of this label, see {@link PmemCheck#label(java.nio.ByteBuffer, int, int, String)}, with the
 *       same wildcards.
 * </ul>
 *
 * <p>The order holds from the moment the class is loaded. The annotation has no effect unless the program is traced.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(PersistOrders.class)
public @interface PersistOrder {
    /**
     * What must persist first.
     *
     * @return a selector; left out on a method, it means the stores of that method, and on a type there is no order
     */
    String first() default "";

    /**
     * What has to wait for that.
     *
     * @return a selector; left out on a method, it means the stores of that method, and on a type there is no order
     */
    String then() default "";

    /**
     * What the order is about, for findings.
     *
     * @return a few words, or nothing
     */
    String name() default "";
}
