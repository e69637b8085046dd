package estate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** No word of ours in it: the dependency and three properties do. */
@SpringBootApplication
public class Program {

    public static void main(String[] arguments) {
        SpringApplication.run(Program.class, arguments);
    }
}
