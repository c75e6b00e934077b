import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** H2 on mapped files. */
public final class H2Database {
    private H2Database() {}

    public static void main(String[] args) throws Exception {
        String url = "jdbc:h2:nioMapped:" + Path.of(args[0]).toAbsolutePath().resolve("database");
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table account(id int primary key, name varchar(40), balance bigint)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into account values(?, ?, ?)")) {
                for (int i = 0; i < 2000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "name " + i);
                    insert.setLong(3, 100L * i);
                    insert.execute();
                }
            }
            connection.commit();
        }
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("select count(*), sum(balance) from account")) {
            sum.next();
            System.out.println(sum.getLong(1) + " accounts, " + sum.getLong(2) + " in all");
        }
    }
}
