package io.github.zoomtranscriber.work;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what the check of routes has to know of a bean of this program's to tell a misspelt variable: which it uses by way of the whole
 * exchange, and which it can do without. Of the parameters with Camel's {@code @Variable} it knows by itself.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExchangeVariables {

    /** The variables that its methods read. */
    String[] reads() default {};

    /** The variables that its methods set. */
    String[] sets() default {};

    /** The variables that its methods can do without, so that it is no mistake if nothing sets them. */
    String[] optional() default {};
}
