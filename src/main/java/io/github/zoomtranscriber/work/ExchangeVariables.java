package io.github.zoomtranscriber.work;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares which exchange variables a bean of this program uses through the exchange itself, so that the check of the
 * routes can tell a misspelt variable. Parameters with Camel's {@code @Variable} need not be declared.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExchangeVariables {

    /** Variables that its methods read. */
    String[] reads() default {};

    /** Variables that its methods set. */
    String[] sets() default {};

    /** Variables that may be unset: it is no mistake if nothing sets them. */
    String[] optional() default {};
}
