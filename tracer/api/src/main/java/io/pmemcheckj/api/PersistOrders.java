package io.pmemcheckj.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several {@link PersistOrder} on one type or method; the compiler writes it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PersistOrders {
    /**
     * The orders.
     *
     * @return as they stand in the source
     */
    PersistOrder[] value();
}
