package org.example;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** A bean of somebody else's. */
public class Greeter {

    public String greet(@Variable("who") String who) {
        return "hello " + who;
    }

    public String all(Exchange exchange) {
        exchange.setVariable("given", 1);
        return exchange.getVariable("taken", String.class);
    }

    public String number(int some) {
        return "" + some;
    }

    public String either(String body) {
        return body;
    }

    public String either(List<?> body) {
        return "" + body;
    }
}
