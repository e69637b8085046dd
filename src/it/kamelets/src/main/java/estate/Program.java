package estate;

import org.apache.camel.main.Main;

/** All that it does is in routes.camel.yaml. */
public final class Program {

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:routes.camel.yaml");
        main.run(arguments);
    }
}
