import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;

/**
 * The same work as a Kafka Streams application: orders are taken once, by source and order id, and what their lines paid is
 * added up by minute, channel, region, campaign and category. State lies in RocksDB with its changelogs, at least once.
 *
 * Orders of one id lie in one partition, so each partition adds up its own and whoever reads the sums adds those of the
 * partitions: no second topic in between, which is the cheapest way to do this work with Kafka Streams.
 *
 * Arguments: brokers, topic, records, folder of the state, file of the sums. Prints one line of JSON: ms from the first record
 * to the last, and the CPU µs of that time and of closing, which writes out what the caches hold.
 */
public final class StreamsPeer {
  private static final AtomicLong seen = new AtomicLong();
  private static final AtomicLong firstAt = new AtomicLong();
  private static final AtomicLong firstCpu = new AtomicLong();
  private static final JsonFactory json = new JsonFactory();

  public static void main(String[] args) throws Exception {
    long records = Long.parseLong(args[2]);
    CountDownLatch all = new CountDownLatch(1);
    Topology topology = new Topology();
    topology.addSource("orders", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), args[1]);
    topology.addProcessor("sums", () -> new Sums(records, all), "orders");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("known"), Serdes.String(), Serdes.Integer()).withCachingEnabled(), "sums");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("sums"), Serdes.String(), Serdes.Long()).withCachingEnabled(), "sums");

    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-" + ProcessHandle.current().pid());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, args[3]);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 128L << 20);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          Runtime.getRuntime().halt(1);
          return null;
        });
    streams.start();
    all.await();
    long ms = (System.nanoTime() - firstAt.get()) / 1_000_000;
    long cpu = cpuNs() - firstCpu.get();
    long cells = write(streams, Path.of(args[4]));
    long before = cpuNs();
    streams.close(Duration.ofMinutes(2));
    cpu += cpuNs() - before;
    System.out.println("{\"ms\":" + ms + ",\"cpuUs\":" + cpu / 1_000 + ",\"cells\":" + cells + "}");
    System.exit(0);
  }

  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static long write(KafkaStreams streams, Path file) throws IOException {
    var store = streams.store(StoreQueryParameters.fromNameAndType("sums", QueryableStoreTypes.<String, Long>keyValueStore()));
    long cells = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        var rows = store.all()) {
      while (rows.hasNext()) {
        var row = rows.next();
        out.write(row.key + '\t' + row.value + '\n');
        cells += 1;
      }
    }
    return cells;
  }

  private static final class Sums implements Processor<String, byte[], Void, Void> {
    private final long records;
    private final CountDownLatch all;
    private final Order order = new Order();
    private KeyValueStore<String, Integer> known;
    private KeyValueStore<String, Long> sums;

    Sums(long records, CountDownLatch all) {
      this.records = records;
      this.all = all;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      known = context.getStateStore("known");
      sums = context.getStateStore("sums");
    }

    @Override
    public void process(Record<String, byte[]> record) {
      if (firstAt.compareAndSet(0, System.nanoTime())) firstCpu.set(cpuNs());
      try {
        order.read(record.value());
      } catch (IOException error) {
        throw new IllegalArgumentException("an order cannot be read", error);
      }
      String key = order.source + ' ' + order.id;
      if (known.putIfAbsent(key, order.version) == null) {
        String dims = order.minute + "\t" + order.channel + '\t' + order.region + '\t' + order.campaign + '\t';
        for (int i = 0; i < order.categories.size(); i += 1) {
          String cell = dims + order.categories.get(i);
          Long sum = sums.get(cell);
          sums.put(cell, (sum == null ? 0 : sum) + order.amounts.get(i));
        }
      }
      if (seen.incrementAndGet() == records) all.countDown();
    }
  }

  /** What the sums need of an order, read without a tree. */
  private static final class Order {
    String source;
    String id;
    int version;
    long minute;
    String channel;
    String region;
    String campaign;
    final List<String> categories = new ArrayList<>();
    final List<Long> amounts = new ArrayList<>();

    void read(byte[] text) throws IOException {
      campaign = "";
      categories.clear();
      amounts.clear();
      try (JsonParser in = json.createParser(text)) {
        in.nextToken();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          switch (name) {
            case "source" -> source = in.getText();
            case "time" -> minute = instant(in.getText()) / 60_000;
            case "data" -> data(in);
            default -> in.skipChildren();
          }
        }
      }
    }

    private void data(JsonParser in) throws IOException {
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "orderId" -> id = in.getText();
          case "version" -> version = in.getIntValue();
          case "channel" -> channel = in.getText();
          case "region" -> region = in.getText();
          case "campaignId" -> campaign = in.getText();
          case "lines" -> lines(in);
          default -> in.skipChildren();
        }
      }
    }

    private void lines(JsonParser in) throws IOException {
      while (in.nextToken() == JsonToken.START_OBJECT) {
        String category = "";
        long amount = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          if (name.equals("category")) category = in.getText();
          else if (name.equals("amount")) amount = in.getLongValue();
          else in.skipChildren();
        }
        categories.add(category);
        amounts.add(amount);
      }
    }

    private static long instant(String time) {
      return time.endsWith("Z") ? Instant.parse(time).toEpochMilli() : OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
  }
}
